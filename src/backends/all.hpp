// The visible list of vendors, all.cpp, is declared for users of the library as well.
#pragma once

#include "accel/backends.hpp"
