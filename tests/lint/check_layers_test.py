#!/usr/bin/env python3
"""Breaks each rule of tools/check_layers once, in a house of three files, and sees it complain."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_layers"

DOCUMENT = """
## Who may include whom

| room | may include |
|---|---|
| `include/accel` | |
| `src/base` | `include/accel` |
| `src/backends` | `src/backends/*/backend.hpp` |
| `src/backends/*` | `src/base` |

## Libraries

| header | may be included by |
|---|---|
| `json/` | `src/base/*.cpp` |
"""


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("ARCHITECTURE.md", DOCUMENT)
        self.write("include/accel/error.hpp", "// An error.\n")
        self.write("src/base/file.cpp", '// A file.\n#include <json/json.hpp>\n'
                                        '#include "accel/error.hpp"\n')
        self.write("src/backends/x/backend.hpp", "// X.\n")
        self.write("src/backends/all.cpp", '// All.\n#include "backends/x/backend.hpp"\n')

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def complaints(self):
        run = subprocess.run([sys.executable, TOOL, self.root], capture_output=True, text=True,
                             check=False)
        self.assertEqual(run.returncode, 1 if run.stdout else 0, run.stderr)
        return run.stdout

    def test_accepts_a_tidy_house(self):
        self.assertEqual(self.complaints(), "")

    def test_refuses_an_edge_that_the_table_lacks(self):
        self.write("src/base/up.cpp", '// Up.\n#include "backends/x/backend.hpp"\n')
        self.assertIn("src/base may not include src/backends/x/backend.hpp", self.complaints())

    def test_refuses_one_vendor_in_another(self):
        self.write("src/backends/y/backend.cpp", '// Y.\n#include "backends/x/backend.hpp"\n')
        self.assertIn("src/backends/* may not include src/backends/x", self.complaints())

    def test_refuses_a_room_that_nobody_described(self):
        self.write("src/attic/old.cpp", "// Old.\n")
        self.assertIn("stands in no room", self.complaints())

    def test_refuses_a_library_outside_its_place(self):
        self.write("src/base/json.hpp", "// JSON.\n#include <json/json.hpp>\n")
        self.assertIn("src/base/json.hpp: may not include <json/json.hpp>", self.complaints())

    def test_refuses_an_include_that_is_nowhere(self):
        self.write("src/base/lost.cpp", '// Lost.\n#include "base/gone.hpp"\n')
        self.assertIn('"base/gone.hpp" is no file of ours', self.complaints())

    def test_refuses_a_file_that_does_not_say_what_it_is(self):
        self.write("src/base/silent.cpp", "int x;\n")
        self.assertIn("silent.cpp: does not begin with a comment", self.complaints())

    def test_takes_the_comment_of_the_header_of_the_same_name(self):
        self.write("src/base/loud.hpp", "// Loud.\n")
        self.write("src/base/loud.cpp", '#include "base/loud.hpp"\n')
        self.assertEqual(self.complaints(), "")

    def test_refuses_a_file_over_800_lines(self):
        self.write("src/base/long.cpp", "// Long.\n" * 801)
        self.assertIn("long.cpp: 801 lines", self.complaints())

    def test_refuses_to_open_an_absolute_path(self):
        self.write("src/base/here.cpp", '// Here.\nint fd = ::open("/proc/stat", 0);\n')
        self.assertIn("here.cpp:2: opens an absolute path", self.complaints())

    def test_refuses_unfinished_work(self):
        self.write("src/base/later.cpp", "// Later.\n// TO" "DO: everything\n")
        self.assertIn("later.cpp:2: unfinished", self.complaints())


if __name__ == "__main__":
    unittest.main()
