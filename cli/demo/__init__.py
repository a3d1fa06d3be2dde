"""The demo: sends real input through the whole pipeline, and checks that its books balance."""
