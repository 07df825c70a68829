"""Mail out and in: messages written, carried by SMTP, GOV.UK Notify or into a folder, and what comes back, read."""
