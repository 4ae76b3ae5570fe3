"""稳盘: economic monitoring, early warning, dispatch and supervision for a Chinese district."""

__version__ = "0.1.0"
