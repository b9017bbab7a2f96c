"""The web server: it reads requests in one event loop and answers them in a few threads."""
