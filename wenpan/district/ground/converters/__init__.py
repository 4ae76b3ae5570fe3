"""Programs of the machine that open what this program cannot: LibreOffice, and the recognition of scans."""
