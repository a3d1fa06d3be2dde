"""The balance: every line of raw is hot, warm, quarantined, deduplicated, suppressed or pending."""
