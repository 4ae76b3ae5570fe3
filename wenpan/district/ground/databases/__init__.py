"""Django's two databases; they note what each transaction writes, for the journal (`written.py`)."""
