"""双随机抽查: draws that anyone can repeat, and what was found."""
