"""Rule files about money and statistics: bonds, treasury, what carries GDP, entry into statistics."""
