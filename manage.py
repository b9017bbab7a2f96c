#!/usr/bin/env python3
"""Django's command-line utility for administrative tasks."""

import os
import sys

import bootstrap


def main():
    """Run administrative tasks."""
    bootstrap.enter_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.serve.checks import exit_with_message

    with exit_with_message():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
