/**
 * Stands in for ankerl/unordered_dense.h, which few distributions package. mediasoup's worker uses only the part of its
 * interface that it shares with the standard containers, so these are the standard containers under its names.
 */
#ifndef GUILDHALL_ANKERL_UNORDERED_DENSE_H
#define GUILDHALL_ANKERL_UNORDERED_DENSE_H

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<class T>
	struct hash : std::hash<T>
	{
	};

	template<class Key, class Value, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<class Key, class Value, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
	using segmented_map = std::unordered_map<Key, Value, Hash, Equal>;

	template<class Key, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
