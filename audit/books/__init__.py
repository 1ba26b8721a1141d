"""Accepted tables joined once, a file a subject, each part worked out when a rule first asks for it."""
