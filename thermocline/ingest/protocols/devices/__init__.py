"""Devices' own JSON, of any form, made into measurements."""
