// The parts of the scenario parser, one a section of the file.
#pragma once

#include "scenario.hpp"
#include "table_reader.hpp"

namespace accel::sim {

void read_host(TableReader& reader, ScenarioHost& host);
void read_storage(TableReader& reader, ScenarioStorage& storage);
void read_nic(TableReader& reader, ScenarioNic& nic);
void read_switches(TableReader& reader, ScenarioSwitches& switches);
void read_gpu(TableReader& reader, ScenarioGpu& gpu);
void read_card(TableReader& reader, ScenarioCard& card);
/// count, addresses, numa_nodes and [[load]], which all devices have.
void read_places(TableReader& reader, ScenarioPlaces& places, std::int64_t most);
/// What all cards of a product share; reports those of `needed` that are absent.
void read_board(TableReader& reader, Board& board, const std::vector<std::string_view>& needed);
void read_process(TableReader& reader, ScenarioProcess& process);

}  // namespace accel::sim
