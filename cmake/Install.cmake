# What an installed accel consists of.

# `product`: what a user runs, without tests and benchmarks.
add_custom_target(product)
foreach(target accel accel_program)
  if(TARGET ${target})
    add_dependencies(product ${target})
  endif()
endforeach()
