#include "cli/top/wire.hpp"

#include <array>
#include <cstring>
#include <type_traits>
#include <utility>

namespace accel::cli::top {
namespace {

using Length = std::uint32_t;
/// Far more than a thousand devices with a thousand programs each.
constexpr Length kLongest = 512U * 1024 * 1024;

class Writer {
 public:
  static constexpr bool reads = false;

  explicit Writer(std::string& bytes) : bytes_(bytes) {}

  void pass(const std::string& text) {
    number(static_cast<Length>(text.size()));
    bytes_ += text;
  }
  template <class T>
  void pass(const T& value) {
    number(value);
  }
  template <class T>
  std::size_t size(const std::vector<T>& list) {
    number(static_cast<Length>(list.size()));
    return list.size();
  }

 private:
  template <class T>
  void number(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::array<char, sizeof(T)> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    bytes_.append(raw.data(), raw.size());
  }

  std::string& bytes_;
};

class Reader {
 public:
  static constexpr bool reads = true;

  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  void pass(std::string& text) {
    Length length = 0;
    pass(length);
    if (length > bytes_.size()) return fail();
    text = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
  }
  template <class T>
  void pass(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (bytes_.size() < sizeof value) return fail();
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
  }
  /// An enumeration whose last value is `last`.
  template <class Enum>
  void pass_word(Enum& value, Enum last) {
    using Number = std::make_unsigned_t<std::underlying_type_t<Enum>>;
    auto number = static_cast<Number>(value);
    pass(number);
    if (number > static_cast<Number>(last)) return fail();
    value = static_cast<Enum>(number);
  }
  template <class T>
  std::size_t size(std::vector<T>& list) {
    Length length = 0;
    pass(length);
    // Each element takes at least a byte: nonsense must not cost memory.
    if (length > bytes_.size()) fail();
    if (failed_) return 0;
    list.resize(length);
    return length;
  }
  void fail() {
    failed_ = true;
    bytes_ = {};
  }
  [[nodiscard]] bool came_out_even() const { return !failed_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

// One walk serves both directions, so that they cannot differ.

template <class Archive, class Enum>
void word(Archive& archive, Enum& value, std::remove_const_t<Enum> last) {
  if constexpr (Archive::reads) {
    archive.pass_word(value, last);
  } else {
    archive.pass(value);
  }
}

template <class Archive, class T>
void status(Archive& archive, T& value) {
  word(archive, value, ReadingStatus::pending);
}

template <class Archive, class Value>
void figure(Archive& archive, Value& value) {
  archive.pass(value.value);
  status(archive, value.status);
}

template <class Archive, class Texts>
void texts(Archive& archive, Texts& list) {
  archive.size(list);
  for (auto& text : list) archive.pass(text);
}

template <class Archive, class Row>
void device(Archive& archive, Row& row) {
  archive.pass(row.number);
  archive.pass(row.partition);
  for (auto* text : {&row.vendor, &row.model, &row.uuid, &row.address, &row.reason, &row.remedy,
                     &row.no_programs}) {
    archive.pass(*text);
  }
  word(archive, row.state, DeviceState::error);
  for (auto& one : row.figures) figure(archive, one);
  status(archive, row.throttle_status);
  texts(archive, row.throttle);
}

template <class Archive, class Row>
void program(Archive& archive, Row& row) {
  archive.pass(row.device);
  archive.pass(row.pid);
  word(archive, row.type, ProcessType::unknown);
  for (auto* text : {&row.name, &row.command, &row.user, &row.container, &row.pod, &row.job})
    archive.pass(*text);
  for (auto* one : {&row.memory, &row.busy, &row.encoder, &row.decoder}) figure(archive, *one);
}

template <class Archive, class Whole>
void sample(Archive& archive, Whole& whole) {
  archive.pass(whole.wall);
  archive.pass(whole.steady);
  archive.pass(whole.took);
  archive.pass(whole.simulated);
  archive.size(whole.devices);
  for (auto& row : whole.devices) device(archive, row);
  archive.size(whole.programs);
  for (auto& row : whole.programs) program(archive, row);
  texts(archive, whole.problems);
  texts(archive, whole.changes);
  archive.pass(whole.hidden);
  archive.pass(whole.details);
}

template <class Archive, class Why>
void error(Archive& archive, Why& why) {
  word(archive, why.code, Errc::device_asleep);
  archive.pass(why.message);
  archive.pass(why.remedy);
}

constexpr char kSample = 's';
constexpr char kError = 'e';

Error nonsense() {
  return {Errc::malformed, "the process that reads devices sent nonsense", "", {}};
}

}  // namespace

void encode(const Message& message, std::string& bytes) {
  bytes.assign(sizeof(Length), '\0');
  Writer writer(bytes);
  if (const auto* whole = std::get_if<Sample>(&message)) {
    writer.pass(kSample);
    sample(writer, *whole);
  } else {
    writer.pass(kError);
    error(writer, std::get<Error>(message));
  }
  const auto length = static_cast<Length>(bytes.size() - sizeof(Length));
  std::memcpy(bytes.data(), &length, sizeof length);
}

Result<Message> decode(std::string_view bytes) {
  Reader reader(bytes);
  char kind = '\0';
  reader.pass(kind);
  if (kind == kError) {
    Error why;
    error(reader, why);
    if (!reader.came_out_even()) return nonsense();
    return Message(std::move(why));
  }
  Sample whole;
  if (kind == kSample) sample(reader, whole);
  if (kind != kSample || !reader.came_out_even()) return nonsense();
  for (const ProgramRow& row : whole.programs) {
    if (row.device >= whole.devices.size()) return nonsense();
  }
  return Message(std::move(whole));
}

std::string_view Inbox::next() {
  bytes_.erase(0, std::exchange(taken_, 0));
  Length length = 0;
  if (bytes_.size() < sizeof length) return {};
  std::memcpy(&length, bytes_.data(), sizeof length);
  nonsense_ = length > kLongest;
  if (nonsense_ || bytes_.size() - sizeof length < length) return {};
  taken_ = sizeof length + length;
  return std::string_view(bytes_).substr(sizeof length, length);
}

void Inbox::clear() {
  bytes_.clear();
  taken_ = 0;
  nonsense_ = false;
}

}  // namespace accel::cli::top
