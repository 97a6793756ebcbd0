// Vendors from shared objects. plugin_backends() is declared for users of the library as well.
#pragma once

#include "accel/backends.hpp"
