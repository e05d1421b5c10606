"""The pages of a report: jinja2 templates, their style and their script."""
