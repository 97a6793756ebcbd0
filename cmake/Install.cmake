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

# The program, and what it writes from its own tables. The simulated drivers install themselves.
install(TARGETS accel_program accel_broker_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

set(generated)
function(accel_generate what file destination)
  set(output ${PROJECT_BINARY_DIR}/generated/${file})
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/generated
    COMMAND accel_program generate ${what} > ${output}
    DEPENDS accel_program VERBATIM)
  install(FILES ${output} DESTINATION ${destination})
  list(APPEND generated ${output})
  set(generated ${generated} PARENT_SCOPE)
endfunction()
accel_generate(man accel.1 ${CMAKE_INSTALL_MANDIR}/man1)
accel_generate(bash accel ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
accel_generate(zsh _accel ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
accel_generate(fish accel.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
add_custom_target(generated_documents ALL DEPENDS ${generated})

install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/cli.md docs/metrics.md docs/simulator.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
        OPTIONAL)
install(DIRECTORY docs/schema DESTINATION ${CMAKE_INSTALL_DOCDIR})

# `product`: what a user runs and installs, without tests and benchmarks.
add_custom_target(product)
add_dependencies(product accel accel_program accel_broker_program accel_sim accel_sim_nvml generated_documents)
