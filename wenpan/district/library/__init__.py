"""学习上级政策、借鉴外地经验: papers of higher offices and other places, who has them, what concerns whom."""
