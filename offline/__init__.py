"""The offline environment: the AWS emulator, Athena endpoint, Lambda runner and front door, under one supervisor."""
