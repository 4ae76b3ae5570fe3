"""One identity from lead to statistics project: what a deal became, what stands beside project and firm."""
