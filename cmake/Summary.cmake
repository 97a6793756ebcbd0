# Prints what was chosen, so that no option works in silence.
message(STATUS "accel ${PROJECT_VERSION}: build type ${CMAKE_BUILD_TYPE}, tests ${ACCEL_BUILD_TESTS}, "
               "sanitizers '${ACCEL_SANITIZE}', fuzzers ${ACCEL_FUZZERS}")
get_property(vendors GLOBAL PROPERTY ACCEL_VENDORS)
list(JOIN vendors ", " vendors)
message(STATUS "accel back ends: ${vendors}, plug-ins ${ACCEL_BACKEND_PLUGIN}")
