# What an installed accel consists of. Installed under any prefix, and moved afterwards, it works:
# the program and the package files find their neighbours from where they stand.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/accel)

# The library, for find_package(accel) and pkg-config.
install(TARGETS accel EXPORT accel-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  FILE_SET lists DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT accel-targets NAMESPACE accel:: DESTINATION ${package_dir} COMPONENT development)
configure_package_config_file(cmake/accel-config.cmake.in accel-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(accel-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/accel-config.cmake
              ${PROJECT_BINARY_DIR}/accel-config-version.cmake
        DESTINATION ${package_dir} COMPONENT development)
# From the folder of accel.pc to the prefix, however LIBDIR is chosen.
file(RELATIVE_PATH accel_pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/accel.pc.in accel.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/accel.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT development)

# The program; the simulated drivers install themselves in sim/.
set(product accel)
if(TARGET accel_program)
  list(APPEND product accel_program)
  install(TARGETS accel_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# `product`: what a user runs, without tests and benchmarks.
add_custom_target(product)
add_dependencies(product ${product})
