"""The edges: the only modules that import AWS's SDK. Each implements a port of ``thermocline.ports``."""
