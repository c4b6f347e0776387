/**
 * Offers the part of libsrtp 3's interface that mediasoup's worker calls, on top of libsrtp 2, which is what
 * distributions ship. It stands in front of the system's headers on the include path; no source of the worker is touched.
 *
 * What differs between the two, and is bridged here:
 * - a policy is an opaque handle in 3 and an open struct in 2 (the struct is renamed by a macro while it is declared);
 * - 3 takes key and salt apart, 2 takes them joined;
 * - 3 protects from one buffer into another and counts in size_t, 2 works in place and counts in int.
 */
#ifndef GUILDHALL_SRTP_H
#define GUILDHALL_SRTP_H

#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Codes that only libsrtp 3 has; the numbers follow on from the last one of libsrtp 2.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

/** What srtp_policy_t points to: libsrtp 2's policy and the joined key that it borrows. */
struct GuildhallSrtpPolicy
{
	srtp2_policy_t v2{};
	srtp_profile_t profile{ srtp_profile_reserved };
	unsigned char key[SRTP_MAX_KEY_LEN]{};
	bool hasKey{ false };
};

using srtp_policy_t = GuildhallSrtpPolicy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) GuildhallSrtpPolicy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (!policy)
	{
		return;
	}

	// Written through a volatile pointer so that the compiler cannot leave the wiping out.
	volatile unsigned char* key = policy->key;

	for (size_t idx{ 0 }; idx < sizeof(policy->key); ++idx)
	{
		key[idx] = 0;
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->v2.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	policy->profile = profile;

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);
}

/** The worker gives one key and no MKI; anything else is refused rather than half supported. */
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* mki,
  size_t mkiLen)
{
	if (policy->hasKey || mki || mkiLen != 0 || keyLen + saltLen > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	if (
	  keyLen != srtp_profile_get_master_key_length(policy->profile) ||
	  saltLen != srtp_profile_get_master_salt_length(policy->profile))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);

	policy->v2.key = policy->key;
	policy->hasKey = true;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->v2.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t windowSize)
{
	policy->v2.window_size = static_cast<unsigned long>(windowSize);

	return srtp_err_status_ok;
}

/** libsrtp 2 copies the key while it creates the session, so the policy may be destroyed afterwards. */
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	if (!policy->hasKey)
	{
		return srtp_err_status_bad_param;
	}

	return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->v2));
}

namespace guildhall
{
	/**
	 * Copies the packet to where it is wanted and lets one of libsrtp 2's in-place calls work on it there.
	 *
	 * @param outLen - In: the room in `out`, in bytes. Out: the size of the result.
	 * @param trailer - The room beyond the packet that the call may write to, in bytes.
	 */
	template<class InPlace>
	inline srtp_err_status_t srtpInto(
	  const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t trailer, InPlace inPlace)
	{
		if (inLen > static_cast<size_t>(INT_MAX) - trailer)
		{
			return srtp_err_status_bad_param;
		}

		if (*outLen < inLen + trailer)
		{
			return srtp_err_status_buffer_small;
		}

		if (out != in)
		{
			std::memmove(out, in, inLen);
		}

		int len = static_cast<int>(inLen);

		const srtp_err_status_t err = inPlace(static_cast<void*>(out), &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}
} // namespace guildhall

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return guildhall::srtpInto(
	  rtp,
	  rtpLen,
	  srtp,
	  srtpLen,
	  SRTP_MAX_TRAILER_LEN,
	  [session](void* packet, int* len) { return srtp_protect(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return guildhall::srtpInto(
	  srtp,
	  srtpLen,
	  rtp,
	  rtpLen,
	  0,
	  [session](void* packet, int* len) { return srtp_unprotect(session, packet, len); });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	// An SRTCP packet carries its index, four bytes, besides the tag.
	return guildhall::srtpInto(
	  rtcp,
	  rtcpLen,
	  srtcp,
	  srtcpLen,
	  SRTP_MAX_TRAILER_LEN + 4,
	  [session](void* packet, int* len) { return srtp_protect_rtcp(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return guildhall::srtpInto(
	  srtcp,
	  srtcpLen,
	  rtcp,
	  rtcpLen,
	  0,
	  [session](void* packet, int* len) { return srtp_unprotect_rtcp(session, packet, len); });
}

/** Both versions take the SSRC in network byte order. */
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

#endif
