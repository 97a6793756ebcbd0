// Brings the files of a card up to date.
#pragma once

#include <string>
#include <string_view>

#include "../model/node.hpp"

namespace accel::sim {

/// The card at a PCI address, null where there is none.
Card* card_at(Node& node, std::string_view pci_address);

/// Where the card's files are.
std::string card_folder(const Card& card, const std::string& root);

/// Brings all cards up to date.
void refresh_cards(Node& node, const std::string& root);

/// Lets the card's time pass and writes its files anew below `root`. Caller holds the lock.
void refresh_card(Node& node, Card& card, const std::string& root);

/// Gives a value to the card's file of that name: 0 or an errno. Caller holds the lock.
int write_card_file(Node& node, Card& card, const std::string& root, const std::string& name,
                    std::string_view text);

}  // namespace accel::sim
