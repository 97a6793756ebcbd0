# What an installed accel consists of.
