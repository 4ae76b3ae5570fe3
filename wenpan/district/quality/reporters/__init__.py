"""填报单位台账: when each unit's return was due, sent, asked for, and what its checks found. Facts only."""
