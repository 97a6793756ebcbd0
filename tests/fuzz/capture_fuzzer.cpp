// Scrubbing of bytes from outside: tables keep their length, and what was found is gone.
#include <cstdint>
#include <string>

#include "capture/firmware_tables.hpp"
#include "capture/process_files.hpp"
#include "capture/scrubbed_document.hpp"
#include "capture/secret_search.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  namespace capture = accel::capture;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const capture::Pseudonyms pseudonyms({1, 2});
  require(capture::scrubbed_dmi(text, pseudonyms).size() == size);
  require(capture::scrubbed_pci_config(text, pseudonyms).size() == size);
  require(pseudonyms.alike(text).size() == size);

  capture::Secrets secrets(pseudonyms);
  capture::find_shapes(text, secrets);
  capture::find_addresses(text, secrets);
  capture::find_keys(text, secrets);
  capture::find_servers(text, secrets);
  capture::find_homes(text, secrets);
  capture::find_people(text, secrets);
  require(secrets.hidden(text, true).size() == size);
  static_cast<void>(capture::without_credentials(text, secrets));
  static_cast<void>(capture::scrubbed_passwd(text, secrets));
  static_cast<void>(capture::scrubbed_document(text, secrets));
  for (const char* file : {"cmdline", "comm", "status", "stat", "cgroup", "fdinfo/3"}) {
    static_cast<void>(capture::scrubbed_process_file(file, text, secrets));
  }
  return 0;
}
