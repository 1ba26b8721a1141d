"""What a shop sets, and the file that it sets it in."""

from audit.config.file import load
from audit.config.settings import FILE_NAME, FORMATS, NEVER, Config
from audit.config.values import parse_moment

__all__ = ["FILE_NAME", "FORMATS", "NEVER", "Config", "load", "parse_moment"]
