"""Spark on this machine, in place of Glue's: the jars that Glue brings, and a process for each run of a job."""
