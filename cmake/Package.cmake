# A Debian package of everything that is installed: `make package`.
set(CPACK_PACKAGE_NAME accel)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The accel developers <accel@users.noreply.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "\
Shows the accelerators of a machine, whatever their vendor, and the host around
them, with the reason for everything that cannot be read. Holds the command
line, the C++ library and simulated drivers.")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The library's headers include tl/expected.hpp.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libexpected-dev)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
include(CPack)
