"""What happens in the field: the store's tables and the rules of studies, waves, invitations and interviews."""
