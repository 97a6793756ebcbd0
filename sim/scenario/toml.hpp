// toml++ with the settings that every file here must share.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#define TOML_HEADER_ONLY 0

// toml++ 3.3 asserts what a malformed file can break ("[=" at least), and then reports it properly;
// without NDEBUG it would abort, with it clang would assume the opposite. Neither may happen here.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#pragma pop_macro("NDEBUG")
