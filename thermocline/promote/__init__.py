"""Move closed generations from hot to warm, each in one commit."""
