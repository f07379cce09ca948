#pragma once

#include "training/training.hpp"

// The pages of this feature; private to training.
namespace kith::training::pages {

http::Response show_mine(http::Ctx& ctx);
http::Response show_module(http::Ctx& ctx);
http::Response finish_module(http::Ctx& ctx);

// admin_pages.cpp
http::Response show_plans(http::Ctx& ctx);
http::Response show_new(http::Ctx& ctx);
http::Response save_new(http::Ctx& ctx);
http::Response show_plan(http::Ctx& ctx);
http::Response save_plan(http::Ctx& ctx);

}  // namespace kith::training::pages
