// accel capture: what another person needs to see what this machine shows, and no more.
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

#include "base/dir.hpp"
#include "base/environment.hpp"
#include "base/file_watch.hpp"
#include "capture/further_files.hpp"
#include "capture/machine_tree.hpp"
#include "capture/manifest.hpp"
#include "capture/output.hpp"
#include "capture/process_files.hpp"
#include "capture/scrub.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "render/json.hpp"

namespace accel::cli {
namespace {

using Documents = std::vector<std::pair<std::string, std::string>>;

constexpr Option kOptions[] = {
    {"--output", 'o', "FILE", Kind::file,
     "Write to FILE: an archive by its ending, .tar.gz or .tar, or a folder if it ends in /; "
     "otherwise accel-capture_<date>_<time>.tar.gz here"},
    {"--no-scrub", '\0', "", Kind::none,
     "Leave serial numbers, names and addresses in it; passwords are taken out all the same"},
    {"--force", '\0', "", Kind::none, "Replace a bundle of that name"},
};

constexpr Example kExamples[] = {
    {"accel capture", "a bundle to attach to a report"},
    {"accel capture -o here/", "a folder, for `accel --root here status`"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "written"},
    {ExitCode::failed, "it could not be written"},
    {ExitCode::usage, "the command line is wrong, or the name is taken"},
    {ExitCode::permission, "this user may not write there"},
};

// What the bundle shows of the machine. The present readings come last, so that the files are as
// they were then.
constexpr std::array<std::string_view, 5> kShown{"list", "doctor", "topo", "ps", "status"};

constexpr std::chrono::seconds kFilePatience{2};

std::string default_name(const Clock& clock) {
  const std::time_t moment = std::chrono::floor<std::chrono::seconds>(clock.wall()).count();
  std::tm local{};
  ::localtime_r(&moment, &local);
  char name[64];
  const auto size = std::strftime(name, sizeof name, "accel-capture_%Y%m%d_%H%M%S.tar.gz", &local);
  return {name, size};
}

/// The JSON that command prints on this machine; nothing where there is no such command.
std::optional<std::string> shown_by(const Context& context, std::string_view command) {
  const auto arguments = Arguments::parse(std::array{std::string(command), std::string("--json")});
  if (!arguments || arguments->command() == nullptr) return std::nullopt;
  Settings settings = context.settings;
  settings.format = Format::json;
  Context other{*arguments,      settings,           context.surroundings,
                context.machine, context.simulation, context.crashes};
  arguments->command()->run(other);
  if (other.out.empty()) return std::nullopt;
  return std::move(other.out);
}

/// Files of which a reader wanted only the beginning.
std::vector<std::string> begun(const capture::Recording& recording) {
  std::vector<std::string> paths;
  for (const auto& [path, file] : recording.content().files) {
    const bool is_done = file.whole || file.error_number != 0 || file.under_way > 0;
    if (!is_done && !file.too_large) paths.push_back(path);
  }
  return paths;
}

Documents record(const Context& context, const std::shared_ptr<capture::Recording>& recording) {
  const base::FileWatching watching(recording);
  const std::size_t limit = capture::Limits().file + 1;
  Documents documents;
  capture::read_files(context.machine, capture::further_files(context.machine), limit,
                      kFilePatience);
  for (const auto command : kShown) {
    if (auto text = shown_by(context, command)) {
      documents.emplace_back(std::string(command) + ".json", std::move(*text));
    }
  }
  capture::read_files(context.machine, begun(*recording), limit, kFilePatience);
  return documents;
}

/// Where a recorded machine lies here is nothing of the machine.
void leave_out_root(const std::filesystem::path& root, std::string& text) {
  if (root == "/") return;
  const std::string prefix = root.string().substr(0, root.string().find_last_not_of('/') + 1);
  for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;) {
    text.erase(at, prefix.size());
  }
}

Result<capture::Key> random_key() {
  capture::Key key{};
  if (::getrandom(key.data(), sizeof key, 0) == static_cast<ssize_t>(sizeof key)) return key;
  return Error{Errc::system_error, "getrandom: no random numbers to hide names with", "", {}};
}

/// Of whoever makes the bundle, and of where: readers need not have come across them.
void add_own_names(const Machine& machine, capture::Secrets& secrets) {
  using capture::SecretKind;
  for (const char* variable : {"USER", "LOGNAME", "SUDO_USER"}) {
    if (const auto name = base::environment_text(variable)) secrets.add(SecretKind::user, *name);
  }
  if (const auto home = base::environment_text("HOME")) {
    secrets.add(SecretKind::user, std::filesystem::path(*home).filename().string());
  }
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) == 0) secrets.add(SecretKind::host, host);
  for (const char* file : {"/etc/hostname", "/proc/sys/kernel/hostname"}) {
    const auto name = base::read_file(machine.path(file));
    if (name) secrets.add(SecretKind::host, *name);
  }
  if (const auto people = base::read_file(machine.path("/etc/passwd"))) {
    capture::find_people(*people, secrets);
  }
}

void add_file(capture::Tree& tree, const std::string& path, std::string bytes) {
  capture::add_folders_above(tree, path);
  tree.insert_or_assign(path, capture::File{std::move(bytes)});
}

void hide_paths(const capture::Secrets& secrets, std::vector<capture::LeftOut>& files) {
  for (capture::LeftOut& file : files) file.path = secrets.hidden(file.path);
}

void count(const capture::Tree& tree, capture::Manifest& manifest) {
  for (const auto& [path, node] : tree) {
    const auto* file = std::get_if<capture::File>(&node);
    if (file == nullptr) continue;
    ++manifest.files;
    manifest.bytes += file->bytes.size();
  }
}

/// The whole bundle, manifest included.
Result<capture::Tree> bundle(const Context& context, capture::Manifest& manifest) {
  const auto key = random_key();
  if (!key) return key.error();
  const Machine& machine = context.machine;
  auto recording = std::make_shared<capture::Recording>(capture::Limits());
  Documents documents = record(context, recording);
  auto made = capture::machine_tree(recording->content(), machine.root);
  for (auto& [name, text] : documents) leave_out_root(machine.root, text);

  capture::Secrets secrets{capture::Pseudonyms(*key)};
  capture::Tree tree = capture::without_credentials(std::move(made.tree), secrets);
  if (manifest.is_scrubbed) {
    add_own_names(machine, secrets);
    auto scrubbed = capture::scrubbed(tree, std::move(documents), secrets);
    tree = std::move(scrubbed.tree);
    documents = std::move(scrubbed.documents);
    manifest.hidden = std::move(scrubbed.hidden);
    hide_paths(secrets, made.left_out);
    hide_paths(secrets, made.refused);
  }
  count(tree, manifest);
  manifest.left_out = std::move(made.left_out);
  manifest.refused = std::move(made.refused);
  for (auto& [name, text] : documents) {
    manifest.documents.push_back("documents/" + name);
    add_file(tree, manifest.documents.back(), std::move(text));
  }
  if (!machine.simulated.empty()) add_file(tree, "simulated", machine.simulated + "\n");
  add_file(tree, "manifest.json", render::json(capture::manifest_document(manifest)));
  return tree;
}

std::string report(const capture::Output& output, const capture::Manifest& manifest) {
  std::string text = output.path.string() + "\n";
  text += "  " + std::to_string(manifest.files) + " files of the machine, " +
          std::to_string(manifest.documents.size()) + " documents of accel\n";
  if (!manifest.is_scrubbed) {
    text += "  NOT SCRUBBED: serial numbers, names and addresses are in it\n";
  } else {
    std::string hidden;
    for (const auto& [kind, number] : manifest.hidden) {
      if (number == 0) continue;
      hidden += (hidden.empty() ? "" : ", ") + std::string(to_string(kind)) + " " +
                std::to_string(number);
    }
    text += "  hidden: " + (hidden.empty() ? "nothing" : hidden) + "\n";
  }
  const auto missing = manifest.left_out.size() + manifest.refused.size();
  if (missing > 0) {
    text += "  " + std::to_string(missing) + " files could not be read; manifest.json says why\n";
  }
  return text;
}

ExitCode run(Context& context) {
  const Clock& clock = *context.machine.clock;
  const capture::Output output{context.arguments.value("--output").value_or(default_name(clock)),
                               context.arguments.has("--force"),
                               std::chrono::floor<std::chrono::seconds>(clock.wall())};
  if (auto fit = capture::check(output); !fit) return context.fail(fit.error());
  capture::Manifest manifest;
  manifest.version = ACCEL_VERSION;
  manifest.simulated = context.machine.simulated;
  manifest.time = clock.wall();
  manifest.is_scrubbed = !context.arguments.has("--no-scrub");
  const auto tree = bundle(context, manifest);
  if (!tree) return context.fail(tree.error());
  if (auto written = capture::write(*tree, output); !written) return context.fail(written.error());
  if (!manifest.simulated.empty()) context.err += "accel: SIMULATED " + manifest.simulated + "\n";
  context.out = report(output, manifest);
  return ExitCode::ok;
}

}  // namespace

const Command kCapture{
    "capture",
    "Look",
    "A bundle of what this machine shows, for a report",
    "Writes the files that accel reads of this machine, and what it says of them, into an archive "
    "that can be read as that machine again (--root). Serial numbers, UUIDs, names of hosts, users "
    "and programs, and network addresses are replaced, the same by the same, with a key that is "
    "not kept; passwords never are in it. Files that could not be read are remembered with the "
    "reason. What vendors' libraries say is in its documents alone. No suspended device is woken.",
    {},
    kOptions,
    kTree,
    kExamples,
    kExits,
    false,
    run};

}  // namespace accel::cli
