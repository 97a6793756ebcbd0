// The same layout as C++ sees it.
#include "unit/plugin/layout.c"
