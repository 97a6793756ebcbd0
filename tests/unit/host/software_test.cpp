#include <gtest/gtest.h>

#include <algorithm>

#include "accel/host.hpp"
#include "host/installed_files.hpp"
#include "host/packages.hpp"
#include "host/toolkits.hpp"
#include "host_trees.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeTree;
using accel::testing::machine_at;

SoftwareInfo named(const FakeTree& tree, const std::string& name) {
  const auto list = software(machine_at(tree));
  const auto found = std::ranges::find(list, name, &SoftwareInfo::name);
  EXPECT_NE(found, list.end()) << name;
  return found == list.end() ? SoftwareInfo{} : *found;
}

TEST(VersionTexts, OfDocker) {
  EXPECT_EQ(*docker_version("Docker version 25.0.3, build deadbeef\n"), "25.0.3");
  EXPECT_EQ(*docker_version("Docker version 28.2.2-rc.1, build e6534b4"), "28.2.2-rc.1");
  for (const char* text : {"", "docker: command not found", "Docker version", "\xff\xff"}) {
    EXPECT_FALSE(docker_version(text)) << text;
  }
}

TEST(VersionTexts, OfTheNvidiaContainerRuntime) {
  EXPECT_EQ(*nvidia_container_runtime_version("NVIDIA Container Runtime - version 1.13.5"),
            "1.13.5");
  EXPECT_EQ(*nvidia_container_runtime_version(
                "NVIDIA Container Runtime version 1.14.3\ncommit: 53b24618\nspec: 1.1.0\n"),
            "1.14.3");
  EXPECT_FALSE(nvidia_container_runtime_version("runc version 1.1.12"));
}

TEST(ContainerToolkit, IsReadyWhenARuntimeIsNamedNvidia) {
  EXPECT_TRUE(*has_nvidia_runtime(R"({"runtimes": {"nvidia": {"path": "x"}, "runc": {}}})"));
  EXPECT_TRUE(*has_nvidia_runtime(R"({"nvidia": {"path": "x"}, "runc": {}})"));
  EXPECT_TRUE(*has_nvidia_runtime(R"({"Runtimes": {"nvidia": {}}})"));
  EXPECT_FALSE(*has_nvidia_runtime(R"({"runtimes": {"runc": {}}})"));
  EXPECT_FALSE(*has_nvidia_runtime(R"({"runtimes": "nvidia"})"));
  EXPECT_FALSE(*has_nvidia_runtime("{}"));
}

TEST(ContainerToolkit, ReadsNothingIntoWhatIsNoJson) {
  for (const char* text : {"", "nvidia", "[\"nvidia\"]", "{\"runtimes\": {\"nvidia\"", "\xff"}) {
    EXPECT_FALSE(has_nvidia_runtime(text)) << text;
  }
}

TEST(Software, ReadsTheDriversVersion) {
  FakeTree tree;
  tree.file("proc/driver/nvidia/version",
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.86.15  Thu Jan 23 2025\n"
            "GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");

  EXPECT_EQ(named(tree, "NVIDIA driver").version.optional(), "570.86.15");
}

TEST(Software, ReadsTheOpenDriversVersion) {
  EXPECT_EQ(*nvidia_module_version("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  "
                                   "570.86.15  Release Build  (dvs-builder@U16)\n"),
            "570.86.15");
  EXPECT_FALSE(nvidia_module_version("GCC version:  gcc version 12.2.0\n"));
  EXPECT_FALSE(nvidia_module_version(""));
}

TEST(Software, KnowsAModuleWithoutAVersionOfItsOwn) {
  FakeTree tree;
  tree.directory("sys/module/amdgpu/parameters").file("sys/module/xe/version", "1.2.3\n");

  const auto amdgpu = named(tree, "amdgpu driver");
  EXPECT_FALSE(amdgpu.version);
  EXPECT_NE(amdgpu.version.reason().find("part of the kernel"), std::string::npos);
  EXPECT_FALSE(amdgpu.path.empty());
  EXPECT_EQ(named(tree, "xe driver").version.optional(), "1.2.3");
  EXPECT_TRUE(named(tree, "i915 driver").path.empty());
}

TEST(Software, ReadsTheCudaToolkitThroughALinkThatIsAbsolute) {
  FakeTree tree;
  tree.file("usr/local/cuda-12.4/version.json",
            R"({"cuda": {"name": "CUDA SDK", "version": "12.4.1"},
                "cuda_nvcc": {"name": "CUDA NVCC", "version": "12.4.131"}})")
      .file("usr/local/cuda-12.4/bin/nvcc", "")
      .link("usr/local/cuda", "/usr/local/cuda-12.4");

  const auto toolkit = named(tree, "CUDA toolkit");
  EXPECT_EQ(toolkit.version.optional(), "12.4.1");
  EXPECT_EQ(toolkit.path, (tree.root() / "usr/local/cuda-12.4").string());
  EXPECT_EQ(named(tree, "nvcc").version.optional(), "12.4.131");
}

TEST(Software, ReadsTheCudaVersionFromTheHeader) {
  FakeTree tree;
  tree.file("usr/local/cuda/include/cuda.h", "#define CUDA_VERSION 11080\n");
  EXPECT_EQ(named(tree, "CUDA toolkit").version.optional(), "11.8");

  EXPECT_EQ(*cuda_header_version("x\n#define CUDA_VERSION 13000\n"), "13.0");
  EXPECT_FALSE(cuda_header_version("#define CUDA_VERSION x\n"));
  EXPECT_FALSE(cuda_header_version("#define CUDA_VERSION 99999999999\n"));
}

TEST(Software, ReadsRocm) {
  FakeTree tree;
  tree.file("opt/rocm-6.0.2/.info/version", "6.0.2-115\n").link("opt/rocm", "rocm-6.0.2");

  EXPECT_EQ(named(tree, "ROCm").version.optional(), "6.0.2-115");
}

TEST(Software, ReadsALibrarysVersionFromTheEndOfItsLinks) {
  FakeTree tree;
  const std::string dir = "usr/lib/x86_64-linux-gnu/";
  tree.file(dir + "nvidia/libcuda.so.570.86.15", "")
      .link("etc/alternatives/cuda", "/usr/lib/x86_64-linux-gnu/nvidia/libcuda.so.570.86.15")
      .link(dir + "libcuda.so.1", "/etc/alternatives/cuda")
      .file(dir + "libnccl.so.2", "")
      .link(dir + "libze_loader.so.1", "libze_loader.so.1.17.6");

  const auto driver = named(tree, "CUDA driver library");
  EXPECT_EQ(driver.version.optional(), "570.86.15");
  EXPECT_EQ(driver.path, (tree.root() / dir / "libcuda.so.1").string());
  const auto nccl = named(tree, "NCCL");
  EXPECT_FALSE(nccl.version) << "the interface's number is no version";
  EXPECT_FALSE(nccl.path.empty());
  EXPECT_TRUE(named(tree, "Level Zero").path.empty()) << "a link to nothing";
}

TEST(Software, EndsALoopOfLinks) {
  FakeTree tree;
  tree.link("usr/lib/libcuda.so.1", "libcuda.so").link("usr/lib/libcuda.so", "libcuda.so.1");

  EXPECT_FALSE(named(tree, "CUDA driver library").version);
}

TEST(Software, AsksThePackagesForAProgramsVersion) {
  FakeTree tree;
  tree.file("usr/bin/docker", "")
      .file("usr/bin/x86_64-linux-gnu-gcc-12", "")
      .link("usr/bin/gcc", "gcc-12")
      .link("usr/bin/gcc-12", "x86_64-linux-gnu-gcc-12")
      .file("usr/lib/llvm-14/bin/clang", "")
      .link("usr/bin/clang", "../lib/llvm-14/bin/clang")
      .file("usr/local/bin/podman", "")
      .file("var/lib/dpkg/status",
            "Package: docker-ce\nStatus: install ok installed\nVersion: 5:24.0.7-1~debian.12\n\n"
            "Package: gcc-12\nStatus: install ok installed\nVersion: 12.2.0-14+deb12u1\n\n"
            "Package: clang-14\nStatus: install ok installed\nVersion: 1:14.0.6-12\n\n"
            "Package: podman\nStatus: deinstall ok config-files\nVersion: 4.3.1+ds1-8\n");

  EXPECT_EQ(named(tree, "docker").version.optional(), "24.0.7");
  EXPECT_EQ(named(tree, "gcc").version.optional(), "12.2.0");
  EXPECT_EQ(named(tree, "clang").version.optional(), "14.0.6");
  const auto podman = named(tree, "podman");
  EXPECT_FALSE(podman.version) << "removed, though its configuration is still there";
  EXPECT_EQ(podman.version.remedy(), "`podman --version` says it");
  EXPECT_FALSE(podman.path.empty());
}

TEST(Software, FindsFrameworksByTheirMetadata) {
  FakeTree tree;
  tree.directory("usr/local/lib/python3.11/dist-packages/torch-2.1.0+cu121.dist-info")
      .directory("usr/local/lib/python3.11/dist-packages/torchvision-0.16.0.dist-info")
      .directory("opt/conda/lib/python3.10/site-packages/torch-1.13.1.dist-info")
      .directory("usr/lib/python3/dist-packages/onnxruntime_gpu-1.17.0.dist-info");

  std::vector<std::string> versions;
  for (const auto& info : software(machine_at(tree))) {
    if (info.name == "PyTorch" && info.version) versions.push_back(*info.version);
  }
  EXPECT_EQ(versions, (std::vector<std::string>{"2.1.0+cu121", "1.13.1"})) << "side by side";
  EXPECT_EQ(named(tree, "ONNX Runtime").version.optional(), "1.17.0");
  EXPECT_FALSE(named(tree, "JAX").version);
}

TEST(Software, SaysWhetherContainersGetAccelerators) {
  FakeTree tree;
  tree.file("usr/bin/docker", "").file("usr/bin/podman", "").file("usr/bin/containerd", "");
  EXPECT_EQ(named(tree, "docker").ready.optional(), false) << "by default none";
  EXPECT_EQ(named(tree, "podman").ready.optional(), false);

  tree.file("etc/docker/daemon.json", R"({"runtimes": {"nvidia": {}}})")
      .file("etc/cdi/nvidia.yaml", "cdiVersion: 0.5.0\n")
      .file("etc/containerd/config.toml",
            "[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.nvidia]\n");
  EXPECT_EQ(named(tree, "docker").ready.optional(), true);
  EXPECT_EQ(named(tree, "podman").ready.optional(), true);
  EXPECT_EQ(named(tree, "containerd").ready.optional(), true);
  EXPECT_EQ(named(tree, "gcc").ready.status(), ReadingStatus::unsupported);
}

TEST(Software, ListsEverythingOnAnEmptyRootWithAReason) {
  const FakeTree tree;

  const auto list = software(machine_at(tree));
  EXPECT_GE(list.size(), 25U);
  for (const auto& info : list) {
    EXPECT_FALSE(info.version) << info.name;
    EXPECT_FALSE(info.version.reason().empty()) << info.name;
    EXPECT_TRUE(info.path.empty()) << info.name;
  }
}

TEST(Software, LosesOneVersionToOneBrokenFile) {
  FakeTree tree;
  tree.file("usr/local/cuda/version.json", "{\"cuda\": ")
      .file("etc/docker/daemon.json", "\xff")
      .file("usr/bin/docker", "")
      .file("opt/rocm/.info/version", "6.0.2\n");

  EXPECT_EQ(named(tree, "CUDA toolkit").version.status(), ReadingStatus::error);
  EXPECT_EQ(named(tree, "docker").ready.status(), ReadingStatus::error);
  EXPECT_EQ(named(tree, "ROCm").version.optional(), "6.0.2");
}

TEST(DebianVersion, IsTheUpstreamPartOfAnInstalledPackage) {
  EXPECT_EQ(debian_version("Package: a\nStatus: install ok installed\nVersion: 2:1.0-rc1-3\n", "a"),
            "1.0-rc1");
  EXPECT_EQ(debian_version("Package: a\nStatus: install ok installed\nVersion: 7\n", "a"), "7");
  EXPECT_EQ(debian_version("Package: aa\nStatus: install ok installed\nVersion: 7\n", "a"),
            std::nullopt);
  EXPECT_EQ(debian_version("XPackage: a\nStatus: install ok installed\nVersion: 7\n", "a"),
            std::nullopt);
  EXPECT_EQ(debian_version("", "a"), std::nullopt);
}

TEST(VersionInName, NeedsMoreThanTheInterfacesNumber) {
  EXPECT_EQ(version_in_name("/x/libcuda.so.570.86.15"), "570.86.15");
  EXPECT_EQ(version_in_name("/x/libcudnn.so.9"), "");
  EXPECT_EQ(version_in_name("/x/libcudnn.so"), "");
  EXPECT_EQ(version_in_name("/x/libfoo.so.1.x"), "");
}

}  // namespace
}  // namespace accel::host
