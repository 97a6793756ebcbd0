# Settings of every target of ours, kept off third parties by linking `accel_compile` PRIVATE.
include(GNUInstallDirs)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

add_library(accel_compile INTERFACE)
target_compile_features(accel_compile INTERFACE cxx_std_20)
target_compile_options(accel_compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wconversion>
  # GCC 12 warns on designated initializers that leave fields out; we leave them out on purpose.
  -Wno-missing-field-initializers
  # False in GCC 12 when it optimizes: std::string + text (bug 105651), and std::optional.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>
  $<$<BOOL:${ACCEL_WERROR}>:-Werror>)

if(ACCEL_SANITIZE)
  # Global, so that static libraries, test programs and their GoogleTest agree.
  add_compile_options(-fsanitize=${ACCEL_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ACCEL_SANITIZE})
  if(ACCEL_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
