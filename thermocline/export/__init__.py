"""Every row of a subject, for a request of access: hot, warm and quarantine are searched, and nothing is changed."""
