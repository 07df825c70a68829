"""How gunicorn serves Confer: its log is masked like our own, and its limits fit small pages."""

logger_class = "webapp.logs.ServerLogger"
worker_class = "gthread"
limit_request_line = 4094
limit_request_fields = 64
timeout = 60
graceful_timeout = 30
control_socket_disable = True  # nothing here is steered from outside
