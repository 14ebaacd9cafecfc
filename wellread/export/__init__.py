"""The articles as plain HTML pages, for a web server that runs no program or for no server at all."""
