"""Publish: each table's view reads warm below the watermark, and hot from it on."""
