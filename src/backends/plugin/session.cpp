#include "backends/plugin/session.hpp"

#include <optional>
#include <utility>

#include "base/vendor_call.hpp"
#include "core/thrown_by.hpp"

namespace accel::plugin {
namespace {

/// More would be a plug-in that makes them up.
constexpr std::size_t kMostUnknownKeys = 64;

Errc code_of(accel_plugin_status status) {
  switch (status) {
    case ACCEL_PLUGIN_UNSUPPORTED: return Errc::operation_not_supported;
    case ACCEL_PLUGIN_NO_PERMISSION: return Errc::permission_denied;
    case ACCEL_PLUGIN_ASLEEP: return Errc::device_asleep;
    case ACCEL_PLUGIN_HUNG: return Errc::timeout;
    case ACCEL_PLUGIN_LOST: return Errc::device_lost;
    case ACCEL_PLUGIN_NO_DRIVER: return Errc::driver_not_found;
    case ACCEL_PLUGIN_PENDING: return Errc::unavailable;
    default: return Errc::system_error;
  }
}

template <std::size_t N>
std::string text_in(const char (&room)[N]) {
  return {room, ::strnlen(room, N)};
}

void pass_on(void* context, const char* text) {
  if (text != nullptr) static_cast<const Machine*>(context)->trace(text);
}

accel_plugin_error empty_error() {
  accel_plugin_error error{};
  error.size = sizeof error;
  return error;
}

Error failed(const Library& library, const char* function, accel_plugin_status status,
             const accel_plugin_error& error) {
  std::string message = text_in(error.message);
  if (message.empty()) message = "failed with status " + std::to_string(status);
  return {
      code_of(status), library.file + ": " + function + ": " + message, text_in(error.remedy), {}};
}

}  // namespace

Session::Session(std::shared_ptr<const Library> library, const Machine& machine)
    : library_(std::move(library)),
      machine_(machine),
      root_(machine.root.string()),
      library_dir_(machine.library_dir.string()) {
  if (!root_.ends_with('/')) root_ += '/';
  host_.size = sizeof host_;
  host_.wake = machine_.wake ? 1 : 0;
  host_.root = root_.c_str();
  host_.library_dir = library_dir_.empty() ? nullptr : library_dir_.c_str();
  host_.trace = pass_on;
  host_.trace_context = &machine_;
}

Result<std::shared_ptr<Session>> Session::open(std::shared_ptr<const Library> library,
                                               const Machine& machine) {
  std::shared_ptr<Session> session(new Session(std::move(library), machine));
  const accel_plugin& plugin = session->library_->functions;
  accel_plugin_error error = empty_error();
  accel_plugin_status status = ACCEL_PLUGIN_OK;
  bool is_there = true;
  const base::VendorCall mark(plugin.vendor, session->library_->file.c_str(), "open");
  auto failure = thrown_by([&] {
    is_there = plugin.probe == nullptr || plugin.probe(&session->host_) != 0;
    if (is_there) status = plugin.open(&session->host_, &session->session_, &error);
  });
  if (failure) return annotate(session->library_->file + ": open", std::move(*failure));
  if (!is_there) return std::shared_ptr<Session>();
  if (status != ACCEL_PLUGIN_OK) return failed(*session->library_, "open", status, error);
  return session;
}

void Session::close() noexcept {
  const std::scoped_lock lock(mutex_);
  is_closing_ = true;
  close_when_idle();
}

void Session::close_when_idle() noexcept {
  if (calls_ > 0 || session_ == nullptr) return;
  auto* session = std::exchange(session_, nullptr);
  const base::VendorCall mark(library_->functions.vendor, library_->file.c_str(), "close");
  // Nobody can be told any more what a plug-in throws while it goes.
  (void)thrown_by([&] { library_->functions.close(session); });
}

accel_plugin_session* Session::enter() {
  const std::scoped_lock lock(mutex_);
  if (is_closing_) return nullptr;
  ++calls_;
  return session_;
}

void Session::leave() noexcept {
  const std::scoped_lock lock(mutex_);
  --calls_;
  if (is_closing_) close_when_idle();
}

template <class Ask>
Result<void> Session::call(const char* function, Ask ask) {
  accel_plugin_session* session = enter();
  if (session == nullptr) {
    return Error{Errc::system_error, library_->file + ": it was shut down", "", {}};
  }
  accel_plugin_error error = empty_error();
  accel_plugin_status status = ACCEL_PLUGIN_OK;
  std::optional<Error> failure;
  {
    const base::VendorCall mark(library_->functions.vendor, library_->file.c_str(), function);
    failure = thrown_by([&] { status = ask(session, &error); });
  }
  leave();
  if (failure) return annotate(library_->file + ": " + function, std::move(*failure));
  if (status != ACCEL_PLUGIN_OK) return failed(*library_, function, status, error);
  return {};
}

Result<void> Session::discover(accel_plugin_add_device* add, void* context) {
  return call("discover", [&](accel_plugin_session* session, accel_plugin_error* error) {
    return library_->functions.discover(session, add, context, error);
  });
}

Result<void> Session::sample(accel_plugin_device* device, accel_plugin_add_reading* add,
                             void* context) {
  if (library_->functions.sample == nullptr) {
    return Error{Errc::operation_not_supported, library_->file + ": it gives no readings", "", {}};
  }
  return call("sample", [&](accel_plugin_session* session, accel_plugin_error* error) {
    return library_->functions.sample(session, device, add, context, error);
  });
}

Result<void> Session::findings(accel_plugin_add_finding* add, void* context) {
  if (library_->functions.findings == nullptr) return {};
  return call("findings", [&](accel_plugin_session* session, accel_plugin_error* error) {
    return library_->functions.findings(session, add, context, error);
  });
}

void Session::note_unknown_key(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  if (unknown_keys_.size() < kMostUnknownKeys) unknown_keys_.insert(key);
}

std::set<std::string> Session::unknown_keys() const {
  const std::scoped_lock lock(mutex_);
  return unknown_keys_;
}

}  // namespace accel::plugin
