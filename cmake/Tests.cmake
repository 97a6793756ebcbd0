# accel_add_test(NAME file... [LIBS lib...] [LABELS label...] [ENVIRONMENT VAR=value...])
# A GoogleTest program, registered test by test. The label is `unit` unless another is given.
function(accel_add_test name)
  if(NOT ACCEL_BUILD_TESTS)
    return()
  endif()
  find_package(GTest REQUIRED)
  include(GoogleTest)
  cmake_parse_arguments(TEST "" "" "LIBS;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT TEST_LABELS)
    set(TEST_LABELS unit)
  endif()
  add_executable(${name} ${TEST_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE accel_compile ${TEST_LIBS} GTest::gmock GTest::gtest
                                        GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  # A test runs once and for milliseconds: optimizing it doubles the time that it takes to build.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${TEST_LABELS}" ENVIRONMENT "${TEST_ENVIRONMENT}" TIMEOUT 120)
endfunction()
