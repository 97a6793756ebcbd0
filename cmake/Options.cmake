# What a builder may choose. No option changes behaviour silently: Summary.cmake prints them all.
option(ACCEL_BUILD_TESTS "Build tests, fuzzers and benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(ACCEL_WERROR "Treat warnings as errors" OFF)
option(ACCEL_FUZZERS "Build the libFuzzer programs (needs clang)" OFF)
set(ACCEL_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

# Each vendor has a switch of its own, ACCEL_BACKEND_<VENDOR>: src/backends/CMakeLists.txt.
option(ACCEL_BACKEND_PLUGIN "Vendors from shared objects" ON)
