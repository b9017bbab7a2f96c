"""Pictures that people upload: decoded and re-encoded in a child process, stored and served."""
