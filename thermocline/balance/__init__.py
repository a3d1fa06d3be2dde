"""The balance: every line of raw is hot, warm, quarantined, deduplicated, recovered, suppressed or pending."""
